package dev.stagecoach.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.stagecoach.bench.figures.Percentiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/** How soon a browser shows something. */
final class FirstPaint {

    private static final String WHEN_PAINTED = """
            () => new Promise(resolve => new PerformanceObserver(list => list
                .getEntriesByName('first-contentful-paint')
                .forEach(paint => resolve(paint.startTime))).observe({type: 'paint', buffered: true}))
            """;

    private FirstPaint() {}

    /**
     * Loads a page, each time with an empty cache.
     *
     * @return milliseconds from the start of the navigation to the first contentful paint
     */
    static Percentiles measure(Path chromium, URI page, int loads) {
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setChromiumSandbox(false))) {
            load(browser, page);
            var millis = new ArrayList<Double>();
            for (int number = 0; number < loads; number++) {
                millis.add(load(browser, page));
            }
            return Percentiles.of(millis);
        }
    }

    private static double load(Browser browser, URI address) {
        try (var context = browser.newContext()) {
            var page = context.newPage();
            page.navigate(address.toString());
            return ((Number) page.evaluate(WHEN_PAINTED)).doubleValue();
        }
    }
}
