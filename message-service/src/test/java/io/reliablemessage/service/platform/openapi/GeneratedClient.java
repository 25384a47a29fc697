package io.reliablemessage.service.platform.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DateFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A Java client that OpenAPI Generator makes of a description, compiled, with its own mapper. */
final class GeneratedClient {

    // The build copies it there (profile "faults").
    private static final Path GENERATOR = Path.of("target/openapi-generator/openapi-generator-cli.jar");
    private static final long MAX_SECONDS = 240;

    private final ClassLoader classes;
    private final ObjectMapper mapper;

    private GeneratedClient(ClassLoader classes) throws ReflectiveOperationException {
        this.classes = classes;
        // Its own settings, except that a member it does not know is an error: the description would lack it.
        this.mapper = ((ObjectMapper) classes.loadClass("generated.ApiClient")
                        .getMethod("createDefaultMapper", DateFormat.class)
                        .invoke(null, new Object[] {null}))
                .copy()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** @param description OpenAPI, as YAML */
    static GeneratedClient of(String description, Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("openapi.yaml"), description);
        generate(file, folder);
        return new GeneratedClient(compile(folder));
    }

    ObjectMapper mapper() {
        return mapper;
    }

    Class<?> model(String schema) throws ClassNotFoundException {
        return classes.loadClass("generated.model." + schema);
    }

    private static void generate(Path description, Path folder) throws IOException, InterruptedException {
        if (!Files.exists(GENERATOR)) {
            throw new IllegalStateException(GENERATOR.toAbsolutePath() + " is missing: mvn -Pfaults copies it there");
        }
        var log = folder.resolve("generator.log");
        var generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        GENERATOR.toString(),
                        "generate",
                        "--generator-name=java",
                        "--library=restclient",
                        "--input-spec=" + description,
                        "--output=" + folder,
                        "--global-property=models,apis,supportingFiles,"
                                + "modelDocs=false,apiDocs=false,modelTests=false,apiTests=false",
                        "--additional-properties=useJakartaEe=true,openApiNullable=false,containerDefaultToNull=true,annotationLibrary=none,"
                                + "invokerPackage=generated,apiPackage=generated.api,modelPackage=generated.model")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!generator.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || generator.exitValue() != 0) {
            generator.destroyForcibly();
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private static ClassLoader compile(Path folder) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var target = Files.createDirectory(folder.resolve("classes"));
        var errors = new StringWriter();
        try (Stream<Path> sources = Files.walk(folder.resolve("src/main/java"));
                var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            var options = List.of("-proc:none", "-nowarn", "-d", target.toString());
            var java = sources.filter(path -> path.toString().endsWith(".java")).toList();
            if (!compiler.getTask(errors, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call()) {
                throw new IllegalStateException("The generated client does not compile: " + errors);
            }
        }
        return new URLClassLoader(
                new URL[] {target.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
    }
}
