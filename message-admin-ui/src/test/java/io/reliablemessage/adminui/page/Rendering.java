package io.reliablemessage.adminui.page;

import io.reliablemessage.adminui.ConsoleProperties;
import io.reliablemessage.adminui.ConsoleProperties.Color;
import io.reliablemessage.adminui.api.Operator;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Pages as a browser gets them, without a server around them. */
public final class Rendering {

    private static final SpringTemplateEngine ENGINE = engine();

    private static final ConsoleProperties CONSOLE =
            new ConsoleProperties("http://service", "key", Duration.ofSeconds(10), "test", Color.AMBER);

    private static final Pattern FORM = Pattern.compile("<form class=\"sheet\" action=\"([^\"]+)\"");

    private static final String PRODUCT = "Reliable Message";

    private static final Pattern MISSING = Pattern.compile("\\?\\?[\\w.-]+\\?\\?");

    private static final Pattern LINK = Pattern.compile("<a class=\"button[^\"]*\"[^>]*href=\"([^\"]+)\"");

    private Rendering() {}

    /** A page in English. Role null: its reader has none. */
    public static String page(String template, Operator.@Nullable Role role, Map<String, Object> model) {
        return page(template, role, Formats.english(), Locale.ENGLISH, model);
    }

    /** A page in Chinese, for one who may everything. */
    public static String chinese(String template, Map<String, Object> model) {
        return page(template, Operator.Role.ADMIN, Formats.chinese(), Locale.CHINESE, model);
    }

    private static String page(
            String template, Operator.@Nullable Role role, Format format, Locale locale, Map<String, Object> model) {
        var servlets = new MockServletContext();
        var exchange = JakartaServletWebApplication.buildApplication(servlets)
                .buildExchange(new MockHttpServletRequest(servlets), new MockHttpServletResponse());
        var variables = new HashMap<String, Object>(model);
        variables.put("operator", new Operator("ada", role));
        variables.put("format", format);
        variables.put("theme", "system");
        variables.put("here", PageUrl.of("/here"));
        variables.put("console", CONSOLE);
        return ENGINE.process(template, new WebContext(exchange, locale, variables));
    }

    /** Where the forms of a page lead that its reader may send. */
    public static List<String> forms(String page) {
        return FORM.matcher(page).results().map(form -> form.group(1)).toList();
    }

    /** Where its buttons lead that are links. */
    public static List<String> links(String page) {
        return LINK.matcher(page)
                .results()
                .map(link -> link.group(1).replace("&amp;", "&"))
                .toList();
    }

    /** English sentences in a page that should have none, and keys that have no text. */
    public static List<String> untranslated(String page) {
        var missing = MISSING.matcher(page).results().map(MatchResult::group);
        var english = ResourceBundle.getBundle("console/messages", Locale.ROOT);
        var left = Collections.list(english.getKeys()).stream()
                .map(english::getString)
                .filter(text -> text.contains(" ") && !text.contains("{"))
                .filter(text -> page.contains(text) && !text.equals(PRODUCT));
        return Stream.concat(missing, left).toList();
    }

    private static SpringTemplateEngine engine() {
        var templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("console/templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setMessageSource(Formats.texts());
        return engine;
    }
}
