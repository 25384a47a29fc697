package io.reliablemessage.service.platform.problem;

import static java.util.stream.Collectors.joining;

import io.reliablemessage.api.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page a problem's {@code type} leads to. */
@Hidden
@PermitAll
@RestController
class ProblemPages {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
            <body><h1>%1$s</h1>%2$s</body>
            </html>
            """;

    @GetMapping(value = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    String all() {
        return PAGE.formatted(
                "Problems",
                Arrays.stream(ProblemType.values())
                        .map(type -> "<li><a href=\"%s\">%s</a> (%d)</li>"
                                .formatted(type.uri(), type.title(), type.status()))
                        .collect(joining("", "<ul>", "</ul>")));
    }

    @GetMapping(value = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
    String one(@PathVariable String slug) {
        var type = ProblemType.fromUri("/problems/" + slug)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no problem of this name."));
        return PAGE.formatted(
                type.title(),
                "<p>HTTP status %d.</p><h2>What happened</h2><p>%s</p><h2>What to do</h2><p>%s</p>"
                        .formatted(type.status(), type.meaning(), type.remedy()));
    }
}
