package dev.stagecoach.platform;

/** What a platform can consist of. */
public enum Part {
    /** Apache Kafka: one node, broker and controller in one. */
    KAFKA("Kafka"),
    /** PostgreSQL. */
    POSTGRES("PostgreSQL"),
    /** A mail server that accepts everything by SMTP and shows it by IMAP. */
    MAIL("mail");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
