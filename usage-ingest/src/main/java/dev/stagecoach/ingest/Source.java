package dev.stagecoach.ingest;

/** The {@code ce_source} of what this service records: itself and the path on which it came. */
final class Source {
    private Source() {}

    static String of(String path) {
        return "/usage-ingest" + path;
    }
}
