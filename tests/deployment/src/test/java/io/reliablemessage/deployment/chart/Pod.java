package io.reliablemessage.deployment.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A pod, of a deployment or by itself.
 *
 * @param owner the object that says so
 * @param labels what selectors see
 */
record Pod(Manifest owner, Map<String, String> labels, JsonNode spec) {

    /** Of an installation; the pod of {@code helm test} is among them. */
    static List<Pod> of(String example) {
        var deployed = Manifest.of("Deployment", example).stream()
                .map(deployment -> new Pod(
                        deployment,
                        Manifest.labels(deployment.at("/spec/template/metadata/labels")),
                        deployment.at("/spec/template/spec")));
        var alone = Manifest.of("Pod", example).stream()
                .map(pod -> new Pod(pod, Manifest.labels(pod.at("/metadata/labels")), pod.at("/spec")));
        return Stream.concat(deployed, alone).toList();
    }

    /** Of the applications. */
    static List<Pod> ofApplications(String example) {
        return of(example).stream()
                .filter(pod -> pod.owner.kind().equals("Deployment"))
                .toList();
    }

    JsonNode container() {
        return spec.at("/containers/0");
    }

    String component() {
        return owner.component();
    }

    /** Which key of which Secret each variable has. */
    Stream<SecretKey> secretVariables() {
        return container()
                .path("env")
                .valueStream()
                .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .map(SecretKey::of);
    }

    /** Those and the ones it finds in files. */
    Stream<SecretKey> secrets() {
        var files = spec.path("volumes")
                .valueStream()
                .map(volume -> volume.path("secret"))
                .filter(JsonNode::isObject)
                .flatMap(secret -> secret.path("items")
                        .valueStream()
                        .map(item -> new SecretKey(
                                secret.path("secretName").asString(),
                                item.path("key").asString())));
        return Stream.concat(secretVariables(), files);
    }

    /** A key of an existing Secret. */
    record SecretKey(String secret, String key) {
        static SecretKey of(JsonNode reference) {
            return new SecretKey(
                    reference.path("name").asString(), reference.path("key").asString());
        }
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
