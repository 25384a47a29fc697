package io.reliablemessage.service.platform.problem;

import io.reliablemessage.api.ProblemType;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** The texts about problems in one language. The English of a type is its own; all else is in {@code texts_*}. */
record ProblemTexts(Locale language, Properties texts) {

    static final ProblemTexts ENGLISH = read(Locale.ENGLISH);
    static final ProblemTexts CHINESE = read(Locale.CHINESE);

    /** English for every language but Chinese. */
    static ProblemTexts in(Locale locale) {
        return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
    }

    String title(ProblemType type) {
        return texts.getProperty(type.slug() + ".title", type.title());
    }

    String meaning(ProblemType type) {
        return texts.getProperty(type.slug() + ".meaning", type.meaning());
    }

    String remedy(ProblemType type) {
        return texts.getProperty(type.slug() + ".remedy", type.remedy());
    }

    /** The description of a problem's member. */
    String member(String name) {
        return label("member." + name);
    }

    String label(String name) {
        return Objects.requireNonNull(texts.getProperty(name), name);
    }

    private static ProblemTexts read(Locale language) {
        var texts = new Properties();
        var name = "texts_%s.properties".formatted(language.getLanguage());
        try (var file = ProblemTexts.class.getResourceAsStream(name)) {
            texts.load(new InputStreamReader(Objects.requireNonNull(file, name), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new ProblemTexts(language, texts);
    }
}
