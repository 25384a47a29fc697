package io.reliablemessage.deployment.image;

import io.reliablemessage.testing.Project;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What .env.example asks for, and values such as somebody fills in. */
final class DotEnv {

    private static final Pattern LINE = Pattern.compile("(?m)^(# )?([A-Z_]+)=(.*)$");

    private DotEnv() {}

    /** Names to fill in, each with what the example has there. */
    static Map<String, String> example() {
        return names(false);
    }

    /** Names that stand there as comments. */
    static Map<String, String> suggestions() {
        return names(true);
    }

    static Map<String, String> filledIn() {
        var all = new LinkedHashMap<String, String>();
        example().keySet().forEach(name -> all.put(name, valueOf(name)));
        return all;
    }

    private static Map<String, String> names(boolean areComments) {
        var all = new LinkedHashMap<String, String>();
        LINE.matcher(Project.text(".env.example"))
                .results()
                .filter(line -> (line.group(1) != null) == areComments)
                .forEach(line -> all.put(line.group(2), line.group(3)));
        return all;
    }

    private static String valueOf(String name) {
        return switch (name) {
            case "SEALING_KEY" -> "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+7wABAgM=";
            case "SHOP_CHECK_SECRET" -> "whsec_CzTAP/iqvEuiQgeTH7Z8hXz9ynhIlIfiTANgIb0WuHg=";
            case "CONSOLE_ADMIN_PASSWORD_HASH" -> "$2y$04$YhoZ./0qpKW7OEnYnE3Fo.cH7Mtr5vqZEasPwzCO3dexLeOfA8vVq";
            default -> name.toLowerCase(Locale.ROOT) + "-0123456789-abcdefghijklmnop";
        };
    }
}
