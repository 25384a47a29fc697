package io.reliablemessage.quickstart.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * That a screen can be read by everybody: at a desk and on a phone, by day and by night, and
 * whatever strangers wrote.
 */
final class Fitness {

    private static final String ALL_RULES = "null";
    /** The only one that colours can break; so the others are not checked once more in the dark. */
    private static final String THAT_OF_COLOURS = "['color-contrast']";

    private static final String VIOLATIONS = """
            axe.run({resultTypes: ['violations'], ...(%s && {runOnly: %1$s})})
                .then(found => found.violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html)))""";

    private Fitness() {}

    /** Loads it once, and changes width and colours in place, as turning a phone or the sunset would. */
    static void check(Page page, String screen, int widthByDay, int widthByNight) {
        page.navigate(screen);
        page.evaluate(AxeBuilder.getAxeScript()); // once: to have it put in for each check takes longer than the check
        fits(page, screen, widthByNight);
        isAccessible(page, ColorScheme.DARK, THAT_OF_COLOURS);
        fits(page, screen, widthByDay);
        isAccessible(page, ColorScheme.LIGHT, ALL_RULES);
        assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
        assertThat(page.locator("[onerror], script:not([src])")).hasCount(0);
    }

    private static void fits(Page page, String screen, int width) {
        page.setViewportSize(width, 844);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .as("%s is wider than %d", screen, width)
                .isNotPositive();
    }

    private static void isAccessible(Page page, ColorScheme colours, String rules) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        assertThat((List<?>) page.evaluate(VIOLATIONS.formatted(rules)))
                .as("%s, %s", page.url(), colours)
                .isEmpty();
    }
}
