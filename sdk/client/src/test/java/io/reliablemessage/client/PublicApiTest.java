package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.PrepareRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the SDK stands on, and what an application sees of that. */
class PublicApiTest {

    private static final Pattern EDGE = Pattern.compile("(?m)^ +(io\\.reliablemessage\\.\\S+) +-> (\\S+)");
    private static final Pattern ANYWHERE = Pattern.compile("java\\..*|javax\\.net\\.ssl"
            + "|io\\.reliablemessage\\.(api|client)(\\..*)?"
            + "|org\\.jspecify\\.annotations|com\\.fasterxml\\.jackson\\.annotation");
    private static final Pattern OTHERS =
            Pattern.compile(".*(tools\\.jackson|com\\.fasterxml\\.jackson\\.(core|databind)|org\\.springframework).*");

    @Test
    void standsOnTheJdkAndOneJacksonAtATime() throws Exception {
        var edges = new ArrayList<String>();
        for (var type : List.of(ReliableMessageClient.class, PrepareRequest.class)) {
            EDGE.matcher(jdeps(placeOf(type)))
                    .results()
                    .filter(edge -> !isAllowed(edge.group(1), edge.group(2)))
                    .forEach(edge -> edges.add(edge.group(1) + " -> " + edge.group(2)));
        }

        assertThat(edges).isEmpty();
    }

    private static boolean isAllowed(String from, String to) {
        return ANYWHERE.matcher(to).matches()
                || (from.endsWith(".jackson2") && to.startsWith("com.fasterxml.jackson."))
                || (from.endsWith(".jackson3") && to.startsWith("tools.jackson."));
    }

    private static String jdeps(Path place) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(errors),
                        "-verbose:package",
                        "-filter:none",
                        "-include",
                        "io\\.reliablemessage\\.(api|client)\\..*",
                        place.toString());
        assertThat(status).as(errors.toString()).isZero();
        assertThat(out.toString()).contains("io.reliablemessage.");
        return out.toString();
    }

    @Test
    void showsNoTypeOfALibrary() throws Exception {
        var shown = new ArrayList<String>();
        for (var type : publicTypes()) {
            members(type)
                    .filter(member ->
                            Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                    .flatMap(PublicApiTest::types)
                    .map(Type::getTypeName)
                    .filter(OTHERS.asMatchPredicate())
                    .forEach(name -> shown.add(type.getName() + " shows " + name));
        }

        assertThat(shown).isEmpty();
    }

    private static List<Class<?>> publicTypes() throws Exception {
        var types = new ArrayList<Class<?>>();
        for (var type : List.of(ReliableMessageClient.class, PrepareRequest.class)) {
            for (var file : filesBeside(type)) {
                if (file.endsWith(".class") && !file.equals("package-info.class")) {
                    types.add(Class.forName(type.getPackageName() + "." + file.replace(".class", "")));
                }
            }
        }
        types.removeIf(each -> !Modifier.isPublic(each.getModifiers()));
        assertThat(types).contains(JsonCodec.class, ClientSettings.Coalescing.class, PrepareRequest.Builder.class);
        return types;
    }

    private static List<String> filesBeside(Class<?> type) throws Exception {
        var place = placeOf(type);
        var folder = type.getPackageName().replace('.', '/');
        if (Files.isDirectory(place)) {
            return filesIn(place.resolve(folder));
        }
        try (var jar = FileSystems.newFileSystem(place)) {
            return filesIn(jar.getPath(folder));
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Stream<Member> members(Class<?> type) {
        return Stream.<Member[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
                .flatMap(Arrays::stream);
    }

    private static Stream<Type> types(Member member) {
        if (member instanceof Field field) {
            return Stream.of(field.getGenericType());
        }
        var parameters = Arrays.stream(((Executable) member).getGenericParameterTypes());
        return member instanceof Method method
                ? Stream.concat(parameters, Stream.of(method.getGenericReturnType()))
                : parameters;
    }

    /** A folder of classes, or a jar. */
    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
