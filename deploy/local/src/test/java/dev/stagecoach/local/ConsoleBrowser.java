package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A browser in front of the console: that of the system, since none is downloaded. */
final class ConsoleBrowser implements AutoCloseable {

    /** Not UTC, so that a time shown in the viewer's zone can be told from one that is not. */
    static final String ZONE = "America/New_York";

    private static final Path CHROMIUM = Path.of(System.getProperty("stagecoach.chromium", "/usr/bin/chromium"));
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final List<String> WCAG_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    /** Charts take their new width in the frame after. */
    private static final String WIDTH = "() => new Promise(resolve => requestAnimationFrame(() =>"
            + " requestAnimationFrame(() => resolve(document.documentElement.scrollWidth))))";

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    /** Windows beside others, and tablets. */
    private static final List<Integer> WIDTHS_BETWEEN = List.of(1200, 1024, 768);

    private static final int DESK_WIDTH = 1440;
    private static final int DESK_HEIGHT = 900;

    private final Playwright playwright;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private ConsoleBrowser(Playwright playwright, Page page) {
        this.playwright = playwright;
        this.page = page;
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onDialog(dialog -> {
            complaints.add(page.url() + ": a dialog says " + dialog.message());
            dialog.dismiss();
        });
    }

    static ConsoleBrowser inFrontOf(URI console) {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new IllegalStateException("There is no browser " + CHROMIUM
                    + ": install one (apt-get install chromium), or name it with -Dstagecoach.chromium.");
        }
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            var browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setChromiumSandbox(false));
            return new ConsoleBrowser(
                    playwright,
                    browser.newPage(new Browser.NewPageOptions()
                            .setBaseURL(console.toString())
                            .setViewportSize(DESK_WIDTH, DESK_HEIGHT)
                            .setTimezoneId(ZONE)
                            .setReducedMotion(ReducedMotion.REDUCE)
                            .setColorScheme(ColorScheme.LIGHT)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    Page page() {
        return page;
    }

    Page open(String path) {
        page.navigate(path);
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** Those of the elements in which this text can be read. */
    Locator find(String selector, String text) {
        return page.locator(selector, new Page.LocatorOptions().setHasText(text));
    }

    /** What the page complained of since it was last asked: errors of scripts, what its content policy refused, dialogs. */
    List<String> complaints() {
        var all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /** Looks at the open page in light and dark, and in windows down to a phone's, in which nothing may scroll sideways; keeps a picture of each. */
    void inspect(String name) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        // Nothing but the colours differs.
        assertNothingFound(axe().withRules(List.of("color-contrast")), name + " in the dark");
        picture(name + "-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertNothingFound(axe().withTags(WCAG_AA), name);
        picture(name + "-light");
        for (int width : WIDTHS_BETWEEN) {
            page.setViewportSize(width, DESK_HEIGHT);
            assertThat(page.evaluate(WIDTH)).as("pixels that %s needs", name).isEqualTo(width);
            picture(name + "-" + width);
        }
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        page.reload();
        assertThat(page.evaluate(WIDTH))
                .as("pixels that %s needs on a phone", name)
                .isEqualTo(PHONE_WIDTH);
        picture(name + "-phone");
        page.setViewportSize(DESK_WIDTH, DESK_HEIGHT);
    }

    /** Mails, which are in frames, let no script run, not that of axe either. They have tests of their own. */
    private AxeBuilder axe() {
        return new AxeBuilder(page).exclude("iframe");
    }

    private static void assertNothingFound(AxeBuilder axe, String where) {
        var violations = axe.analyze().getViolations().stream()
                .flatMap(rule -> rule.getNodes().stream()
                        .map(node -> rule.getId() + " at " + node.getTarget() + ": " + node.getFailureSummary()))
                .toList();
        assertThat(violations).as("what axe finds in %s", where).isEmpty();
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
