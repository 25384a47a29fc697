package io.reliablemessage.deployment.chart;

import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the network policies of an installation let through, by the rules of Kubernetes. */
record Network(String example) {

    /**
     * Somebody on the network.
     *
     * @param namespace none: outside of the cluster
     */
    record Party(String namespace, Map<String, String> labels) {

        static Party pod(Pod pod) {
            return new Party(Chart.NAMESPACE, pod.labels());
        }

        static Party somebodyIn(String namespace) {
            return new Party(namespace, Map.of());
        }

        static Party outside() {
            return new Party("", Map.of());
        }
    }

    boolean lets(Party from, Party to, int port) {
        return isPassed("egress", from, to, port) && isPassed("ingress", to, from, port);
    }

    /**
     * Whether every policy's side that is about this party lets the other through: one rule is enough,
     * no policy as well.
     */
    private boolean isPassed(String direction, Party about, Party other, int port) {
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

    private static boolean hasPeer(JsonNode peers, Party party) {
        return peers.isEmpty() || peers.valueStream().anyMatch(peer -> isPeer(peer, party));
    }

    private static boolean isPeer(JsonNode peer, Party party) {
        if (peer.has("ipBlock")) {
            return party.namespace().isEmpty();
        }
        var isInItsNamespace = peer.has("namespaceSelector")
                ? !party.namespace().isEmpty()
                        && matches(
                                peer.path("namespaceSelector"),
                                Map.of("kubernetes.io/metadata.name", party.namespace()))
                : party.namespace().equals(Chart.NAMESPACE);
        return isInItsNamespace && matches(peer.path("podSelector"), party.labels());
    }

    private static boolean matches(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet()
                .containsAll(Manifest.labels(selector.path("matchLabels")).entrySet());
    }

    Stream<Pod> pods() {
        return Pod.of(example).stream();
    }

    Party party(String component) {
        return pods().filter(pod -> pod.component().equals(component))
                .map(Party::pod)
                .findFirst()
                .orElseThrow();
    }
}
