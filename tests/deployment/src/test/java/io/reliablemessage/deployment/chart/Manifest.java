package io.reliablemessage.deployment.chart;

import static java.util.stream.Collectors.toMap;

import io.reliablemessage.deployment.Application;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One Kubernetes object. */
record Manifest(JsonNode json) {

    static List<Manifest> parse(String documents) {
        return StreamSupport.stream(Values.yaml().loadAll(documents).spliterator(), false)
                .filter(document -> document instanceof Map)
                .map(document -> new Manifest(JsonMapper.shared().valueToTree(document)))
                .toList();
    }

    static List<Manifest> of(String kind, String example) {
        return Chart.rendered(example).stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    /** Which application it belongs to, or {@code test}. */
    String component() {
        return text("/metadata/labels/app.kubernetes.io~1component");
    }

    Application application() {
        return Stream.of(Application.values())
                .filter(application -> application.id().equals(component()))
                .findFirst()
                .orElseThrow();
    }

    String text(String pointer) {
        return json.at(pointer).asString("");
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    Stream<JsonNode> all(String pointer) {
        return json.at(pointer).valueStream();
    }

    static Map<String, String> labels(JsonNode node) {
        return node.propertyStream()
                .collect(toMap(Map.Entry::getKey, label -> label.getValue().asString()));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
