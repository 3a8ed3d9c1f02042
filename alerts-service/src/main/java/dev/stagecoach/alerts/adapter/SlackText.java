package dev.stagecoach.alerts.adapter;

/** Text for Slack. What comes from outside can become no mention, no link and no list of links. */
final class SlackText {
    private static final String CUT = "…";

    private SlackText() {}

    /**
     * Slack's own escaping of the three characters that mean something.
     *
     * @param most characters of the result; what is longer is cut, never within a character or an escape
     */
    static String escaped(String text, int most) {
        StringBuilder escaped = new StringBuilder();
        int fits = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            escaped.append(escaped(text.codePointAt(at)));
            if (escaped.length() <= most - CUT.length()) {
                fits = escaped.length();
            }
        }
        return escaped.length() <= most ? escaped.toString() : escaped.substring(0, fits) + CUT;
    }

    private static String escaped(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
        };
    }

    /** The same in one line, and without the character that ends an address. */
    static String label(String text, int most) {
        return escaped(text.replaceAll("\\s+", " ").replace('|', '¦'), most);
    }

    /** A quotation, line by line. */
    static String quoted(String text, int most) {
        StringBuilder quoted = new StringBuilder();
        for (String line : text.split("\\R", -1)) {
            int left = most - quoted.length();
            if (left < 10) {
                break;
            }
            quoted.append(quoted.isEmpty() ? "> " : "\n> ").append(escaped(line, left - 5));
        }
        return quoted.toString();
    }
}
