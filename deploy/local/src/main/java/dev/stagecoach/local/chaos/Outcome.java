package dev.stagecoach.local.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of a run of the sample.
 *
 * @param pings the ids of the pings in Kafka
 * @param events the ids of the usage events in Kafka
 * @param counted what lifecycle-service made of them: the rows of each of its tables, as text
 * @param timelines by account: stages, mails and alerts, as lines of text
 * @param decisions what was decided and done, once for each id: type, account, time and what it says
 * @param publishedAgain how often one of these came again, with the same content
 * @param publishedOtherwise how often one of these came again with other content
 * @param stageChanges how many
 * @param mailsSent how many the ledger has as sent
 * @param mailsReceived how many the mail server has, each counted once
 * @param mailsTwice how many the mail server has more than once
 * @param mailProblems what the ledger and the mail server disagree about, a sentence each
 * @param doubtsEnded how many mails were in doubt, and were looked up at the mail server
 * @param alerts how many
 * @param ledgerMissing how many mails the ledger of outreach-service has lost: eligible less all that it has
 */
public record Outcome(
        Set<String> pings,
        Set<String> events,
        Map<String, List<String>> counted,
        Map<String, List<String>> timelines,
        Set<String> decisions,
        int publishedAgain,
        int publishedOtherwise,
        int stageChanges,
        int mailsSent,
        int mailsReceived,
        int mailsTwice,
        List<String> mailProblems,
        int doubtsEnded,
        int alerts,
        long ledgerMissing) {}
