package io.reliablemessage.deployment.chart;

import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Evaluates the network policies of an installation, by the rules of Kubernetes. */
record Network(String example) {

    /**
     * A pod or host on the network.
     *
     * @param namespace none: outside of the cluster
     */
    record Endpoint(String namespace, Map<String, String> labels) {

        static Endpoint pod(Pod pod) {
            return new Endpoint(Chart.NAMESPACE, pod.labels());
        }

        static Endpoint somebodyIn(String namespace) {
            return new Endpoint(namespace, Map.of());
        }

        static Endpoint outside() {
            return new Endpoint("", Map.of());
        }
    }

    boolean lets(Endpoint from, Endpoint to, int port) {
        return isPassed("egress", from, to, port) && isPassed("ingress", to, from, port);
    }

    /**
     * Whether the policies of this endpoint allow the other: one matching rule is enough, and so is no policy at all.
     */
    private boolean isPassed(String direction, Endpoint about, Endpoint other, int port) {
        var policies = Manifest.of("NetworkPolicy", example).stream()
                .filter(policy -> about.namespace().equals(Chart.NAMESPACE)
                        && matches(policy.at("/spec/podSelector"), about.labels()))
                .toList();
        return policies.isEmpty()
                || policies.stream()
                        .flatMap(policy -> policy.all("/spec/" + direction))
                        .anyMatch(rule -> hasPort(rule.path("ports"), port)
                                && hasPeer(rule.path(direction.equals("egress") ? "to" : "from"), other));
    }

    private static boolean hasPort(JsonNode ports, int port) {
        return ports.isEmpty()
                || ports.valueStream().anyMatch(allowed -> allowed.path("port").asInt() == port);
    }

    private static boolean hasPeer(JsonNode peers, Endpoint endpoint) {
        return peers.isEmpty() || peers.valueStream().anyMatch(peer -> isPeer(peer, endpoint));
    }

    private static boolean isPeer(JsonNode peer, Endpoint endpoint) {
        if (peer.has("ipBlock")) {
            return endpoint.namespace().isEmpty();
        }
        var isInItsNamespace = peer.has("namespaceSelector")
                ? !endpoint.namespace().isEmpty()
                        && matches(
                                peer.path("namespaceSelector"),
                                Map.of("kubernetes.io/metadata.name", endpoint.namespace()))
                : endpoint.namespace().equals(Chart.NAMESPACE);
        return isInItsNamespace && matches(peer.path("podSelector"), endpoint.labels());
    }

    private static boolean matches(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet()
                .containsAll(Manifest.labels(selector.path("matchLabels")).entrySet());
    }

    Stream<Pod> pods() {
        return Pod.of(example).stream();
    }

    Endpoint endpoint(String component) {
        return pods().filter(pod -> pod.component().equals(component))
                .map(Endpoint::pod)
                .findFirst()
                .orElseThrow();
    }
}
