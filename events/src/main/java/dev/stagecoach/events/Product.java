package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What an account bought. */
public enum Product {
    CODE_SEARCH("code-search"),
    CODY("cody");

    private final String wireName;

    Product(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, in policy files and in query parameters. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /**
     * The inverse of {@link #wireName()}, ignoring case.
     *
     * @throws IllegalArgumentException naming the accepted values
     */
    @JsonCreator
    public static Product of(String wireName) {
        return WireNames.find(Product.class, Product::wireName, wireName);
    }
}
