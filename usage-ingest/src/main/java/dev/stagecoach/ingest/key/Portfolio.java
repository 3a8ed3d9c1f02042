package dev.stagecoach.ingest.key;

import dev.stagecoach.events.Product;

/** Which account bought what, as its facts say now. */
@FunctionalInterface
public interface Portfolio {
    /** Whether the account is known and its facts list the product. */
    boolean lists(String account, Product product);
}
