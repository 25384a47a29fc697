package io.reliablemessage.test.internal.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads media types as the service does, which reads them with Spring. */
public final class MediaTypes {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern TYPE = Pattern.compile("(?<type>" + TOKEN + ")/(?<subtype>" + TOKEN + ")");
    private static final Pattern TOKENS = Pattern.compile(TOKEN);
    private static final String ANY = "*";

    private MediaTypes() {}

    public static boolean isValid(String text) {
        var parts = split(text, ';');
        var name = parts.get(0).strip();
        var type = TYPE.matcher(ANY.equals(name) ? "*/*" : name);
        return type.matches()
                && (!ANY.equals(type.group("type")) || ANY.equals(type.group("subtype")))
                && parts.stream().skip(1).allMatch(MediaTypes::isValidParameter);
    }

    static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && isValid(contentType)
                && split(contentType, ';').get(0).strip().equalsIgnoreCase("application/json");
    }

    /** Whether it names no other charset. */
    public static boolean isUtf8(String contentType) {
        return isValid(contentType) && split(contentType, ';').stream().skip(1).allMatch(MediaTypes::isUtf8Parameter);
    }

    /** Whether one of the accepted types is JSON. */
    static boolean acceptsJson(@Nullable String accept) {
        return accept == null
                || accept.isBlank()
                || split(accept, ',').stream()
                        .map(type -> split(type, ';').get(0).strip().toLowerCase(Locale.ROOT))
                        .anyMatch(List.of("application/json", "application/*", "*/*", ANY)::contains);
    }

    private static boolean isUtf8Parameter(String parameter) {
        return charset(parameter)
                .map(name -> Charset.forName(name).equals(StandardCharsets.UTF_8))
                .orElse(true);
    }

    private static Optional<String> charset(String parameter) {
        var equals = parameter.indexOf('=');
        return equals >= 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("charset")
                ? Optional.of(unquoted(parameter.substring(equals + 1).strip()))
                : Optional.empty();
    }

    private static boolean isValidParameter(String parameter) {
        var equals = parameter.indexOf('=');
        if (equals < 0) {
            return true; // passed over
        }
        var name = parameter.substring(0, equals).strip();
        var value = parameter.substring(equals + 1).strip();
        if (!TOKENS.matcher(name).matches() || value.isEmpty()) {
            return false;
        }
        if (charset(parameter).isPresent()) {
            return isCharset(unquoted(value));
        }
        if (name.equalsIgnoreCase("q")) {
            return isQuality(unquoted(value));
        }
        return isQuoted(value) || TOKENS.matcher(value).matches();
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isQuality(String text) {
        try {
            var quality = Double.parseDouble(text);
            return quality >= 0 && quality <= 1;
        } catch (NumberFormatException malformed) {
            return false;
        }
    }

    private static boolean isQuoted(String value) {
        return value.length() > 1
                && ((value.startsWith("\"") && value.endsWith("\"")) || (value.startsWith("'") && value.endsWith("'")));
    }

    private static String unquoted(String value) {
        return isQuoted(value) ? value.substring(1, value.length() - 1) : value;
    }

    /** Where it is not within quotes. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var isQuoted = false;
        var begin = 0;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '"') {
                isQuoted = !isQuoted;
            } else if (character == separator && !isQuoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
