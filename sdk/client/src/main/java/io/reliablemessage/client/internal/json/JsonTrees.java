package io.reliablemessage.client.internal.json;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows the JSON trees of other libraries, of which Jackson would write the getters: {@code {"empty":false}}. */
public final class JsonTrees {

    private static final Set<String> ROOTS = Set.of(
            "com.google.gson.JsonElement", "jakarta.json.JsonValue", "org.json.JSONArray", "org.json.JSONObject");

    private JsonTrees() {}

    /**
     * Lets every other type pass.
     *
     * @param otherJackson the tree of the version that does not write here
     * @throws IllegalArgumentException if the type is such a tree
     */
    public static void refuse(Class<?> type, String otherJackson) {
        if (isForeign(type, otherJackson)) {
            throw new IllegalArgumentException("%s is a JSON tree of another library: pass new RawJson(tree.toString())"
                    .formatted(type.getName()));
        }
    }

    private static boolean isForeign(@Nullable Class<?> type, String otherJackson) {
        return type != null
                && (ROOTS.contains(type.getName())
                        || otherJackson.equals(type.getName())
                        || isForeign(type.getSuperclass(), otherJackson)
                        || Arrays.stream(type.getInterfaces()).anyMatch(each -> isForeign(each, otherJackson)));
    }
}
