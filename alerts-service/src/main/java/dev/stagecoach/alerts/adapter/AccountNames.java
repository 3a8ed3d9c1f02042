package dev.stagecoach.alerts.adapter;

import java.util.Map;

/** What accounts are called; one that nobody has named yet is called by its id. */
record AccountNames(Map<String, String> byId) {
    String of(String account) {
        return byId.getOrDefault(account, account);
    }
}
