package io.reliablemessage.service.platform.problem;

import static java.util.stream.Collectors.joining;
import static org.springframework.web.util.HtmlUtils.htmlEscape;

import io.reliablemessage.api.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page a problem's {@code type} leads to, in the reader's language. */
@Hidden
@PermitAll
@RestController
class ProblemPages {

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; }
            body { max-width: 42rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; font: 1rem/1.6 system-ui, sans-serif; }
            nav { display: flex; justify-content: space-between; font-size: .9rem; }
            h1 { line-height: 1.25; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
            p, dd, ul { margin: .25rem 0; overflow-wrap: anywhere; }
            ul { padding: 0; list-style: none; }
            li { padding: .5rem 0; border-top: 1px solid color-mix(in srgb, currentcolor 15%%, transparent); }
            code { font: .9em ui-monospace, monospace; }
            .status { opacity: .75; font-variant-numeric: tabular-nums; }
            a { color: light-dark(#0550ae, #79b8ff); }
            </style>
            </head>
            <body>
            <nav>%s<a href="?lang=%s" hreflang="%4$s" lang="%4$s">%s</a></nav>
            <main>
            <h1>%2$s</h1>
            %s</main>
            </body>
            </html>
            """;

    @GetMapping(value = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> all(Locale locale, @RequestParam(required = false) @Nullable String lang) {
        var texts = texts(locale, lang);
        var list = Arrays.stream(ProblemType.values())
                .map(type -> "<li><a href=\"%s\">%s</a> <span class=\"status\">%d</span><p>%s</p></li>\n"
                        .formatted(
                                link(type.uri(), lang),
                                htmlEscape(texts.title(type)),
                                type.status(),
                                htmlEscape(texts.meaning(type))))
                .collect(joining("", "<ul>\n", "</ul>\n"));
        return page(texts, texts.label("problems"), "<span></span>", list);
    }

    @GetMapping(value = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> one(
            @PathVariable String slug, Locale locale, @RequestParam(required = false) @Nullable String lang) {
        var type = ProblemType.fromUri("/problems/" + slug)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no problem of this name."));
        var texts = texts(locale, lang);
        var content = new StringBuilder("<p class=\"status\">%s %d · <code>%s</code></p>\n"
                .formatted(texts.label("status"), type.status(), type.uri()));
        content.append(section(texts.label("happened"), texts.meaning(type)));
        content.append(section(texts.label("remedy"), texts.remedy(type)));
        if (!type.members().isEmpty()) {
            content.append(members(type, texts));
        }
        var back = "<a href=\"%s\">%s</a>".formatted(link("/problems", lang), texts.label("problems"));
        return page(texts, texts.title(type), back, content.toString());
    }

    private static String section(String heading, String text) {
        return "<h2>%s</h2>\n<p>%s</p>\n".formatted(heading, htmlEscape(text));
    }

    private static String members(ProblemType type, ProblemTexts texts) {
        return type.members().stream()
                .map(name -> "<li><code>%s</code> %s</li>\n".formatted(name, htmlEscape(texts.member(name))))
                .collect(joining("", "<h2>%s</h2>\n<ul>\n".formatted(texts.label("members")), "</ul>\n"));
    }

    private static ResponseEntity<String> page(ProblemTexts texts, String title, String back, String content) {
        var other = texts == ProblemTexts.CHINESE ? ProblemTexts.ENGLISH : ProblemTexts.CHINESE;
        return ResponseEntity.ok()
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                .body(PAGE.formatted(
                        texts.language(), htmlEscape(title), back, other.language(), other.label("language"), content));
    }

    /** The reader's choice takes precedence over the browser's language. */
    private static ProblemTexts texts(Locale locale, @Nullable String lang) {
        return ProblemTexts.in(lang == null ? locale : Locale.forLanguageTag(lang));
    }

    private static String link(String path, @Nullable String lang) {
        return lang == null
                ? path
                : path + "?lang=" + ProblemTexts.in(Locale.forLanguageTag(lang)).language();
    }
}
