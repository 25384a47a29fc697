package io.reliablemessage.deployment.chart;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.chart.Network.Endpoint;
import io.reliablemessage.webhook.AddressRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Network policies allow exactly the connections of the documents and the architecture's picture. */
@OfTheChart
class ChartNetworkTest {

    private static final int DNS = 53;

    /** Its values name the applications' namespaces, so that not everybody beside it may call. */
    private static final Network FULL = new Network("full");

    @Test
    void thePartsTalkAsThePictureSays() {
        var allowed = FULL.pods()
                .flatMap(from -> FULL.pods()
                        .filter(to -> !to.component().equals("test")
                                && !to.component().equals(from.component()))
                        .filter(to -> FULL.lets(Endpoint.pod(from), Endpoint.pod(to), portOf(to)))
                        .map(to -> from.component() + " -> " + to.component()))
                .collect(toSet());

        assertThat(allowed)
                .containsExactlyInAnyOrder(
                        "status-checker -> message-service",
                        "recovery-job -> message-service",
                        "message-admin-ui -> message-service",
                        "test -> message-service",
                        "test -> status-checker",
                        "test -> recovery-job",
                        "test -> message-admin-ui");
    }

    @ForEveryExample
    void workersAndConsoleReachTheService(String example) {
        var network = new Network(example);

        assertThat(Pod.ofApplications(example))
                .filteredOn(pod -> !pod.component().equals("message-service"))
                .allMatch(pod -> network.lets(Endpoint.pod(pod), network.endpoint("message-service"), 8080));
    }

    @ForEveryExample
    void onlyTheServiceReachesDatabaseAndBroker(String example) {
        var network = new Network(example);
        var values = Chart.values(example);
        int database =
                Values.at("database.port", values).mapToInt(Integer::parseInt).sum();
        int broker =
                Values.at("rabbitmq.port", values).mapToInt(Integer::parseInt).sum();

        assertThat(reaching(database, Endpoint.outside(), network)).isEqualTo(Set.of("message-service"));
        assertThat(reaching(broker, Endpoint.somebodyIn("rabbitmq"), network)).isEqualTo(Set.of("message-service"));
    }

    @Test
    void databaseAndBrokerCanBeNarrowedDown() {
        assertThat(FULL.lets(FULL.endpoint("message-service"), Endpoint.somebodyIn("rabbitmq"), 5671))
                .isTrue();
        assertThat(FULL.lets(FULL.endpoint("message-service"), Endpoint.somebodyIn("elsewhere"), 5671))
                .isFalse();
        assertThat(FULL.lets(FULL.endpoint("message-service"), Endpoint.somebodyIn("elsewhere"), 5433))
                .isFalse();
    }

    @Test
    void onlyTheStatusCheckerReachesTheWorld() {
        var network = new Network("minimal");

        assertThat(reaching(443, Endpoint.outside(), network)).isEqualTo(Set.of("status-checker"));
        assertThat(reaching(80, Endpoint.outside(), network)).isEqualTo(Set.of("status-checker"));
        assertThat(reaching(8443, Endpoint.outside(), network)).isEmpty();
        assertThat(reaching(80, Endpoint.somebodyIn("shop"), network)).isEmpty();
    }

    /** One list, here and in the application: what one lets through the other must still refuse. */
    @Test
    void theStatusCheckerIsKeptFromTheAddressesThatItRefusesByItself() {
        var policy = (Map<?, ?>) Objects.requireNonNull(Chart.values("minimal").get("networkPolicy"));
        var to = ((Map<?, ?>) Objects.requireNonNull(policy.get("checkEndpoints"))).get("to");

        assertThat(to)
                .isEqualTo(List.of(
                        Map.of("ipBlock", Map.of("cidr", "0.0.0.0/0", "except", AddressRules.SPECIAL_IPV4)),
                        Map.of(
                                "ipBlock",
                                Map.of("cidr", AddressRules.PUBLIC_IPV6, "except", AddressRules.SPECIAL_IPV6))));
    }

    @Test
    void whomTheStatusCheckerAsksAndWhoKnowsTheOperatorsAreSettings() {
        assertThat(reaching(8080, Endpoint.somebodyIn("shop"), FULL)).isEqualTo(Set.of("status-checker"));
        assertThat(reaching(443, Endpoint.outside(), FULL)).isEqualTo(Set.of("message-admin-ui"));
    }

    @ForEveryExample
    void everybodyFindsNames(String example) {
        int dns = example.equals("openshift") ? 5353 : DNS;
        var network = new Network(example);

        assertThat(reaching(dns, Endpoint.somebodyIn("kube-system"), network))
                .isEqualTo(network.pods().map(Pod::component).collect(toSet()));
    }

    @Test
    void strangersReachNobodyAndKnownOnesWhatIsTheirs() {
        assertThat(reachedBy(Endpoint.somebodyIn("elsewhere"))).isEmpty();
        assertThat(reachedBy(Endpoint.outside())).isEmpty();
        assertThat(reachedBy(Endpoint.somebodyIn(Chart.NAMESPACE))).isEmpty();
        assertThat(reachedBy(Endpoint.somebodyIn("shop"))).containsExactly("message-service");
        assertThat(reachedBy(Endpoint.somebodyIn("ingress-nginx")))
                .containsExactlyInAnyOrder("message-service", "message-admin-ui");
        assertThat(reachedBy(Endpoint.somebodyIn("monitoring")))
                .containsExactlyInAnyOrder("message-service", "status-checker", "recovery-job");
    }

    @Test
    void theConsolesNumbersAreForPrometheusAndItsPagesForTheIngress() {
        var console = FULL.endpoint("message-admin-ui");

        assertThat(FULL.lets(Endpoint.somebodyIn("monitoring"), console, 8091)).isTrue();
        assertThat(FULL.lets(Endpoint.somebodyIn("ingress-nginx"), console, 8091))
                .isFalse();
        assertThat(FULL.lets(Endpoint.somebodyIn("elsewhere"), console, 8091)).isFalse();
    }

    @Test
    void byDefaultNobodyFromOutsideOfTheNamespaceCalls() {
        var network = new Network("minimal");
        Function<String, Boolean> callsTheService =
                namespace -> network.lets(Endpoint.somebodyIn(namespace), network.endpoint("message-service"), 8080);

        assertThat(callsTheService.apply(Chart.NAMESPACE)).isTrue();
        assertThat(callsTheService.apply("shop")).isFalse();
        assertThat(callsTheService.apply("ingress-nginx")).isFalse();
        assertThat(callsTheService.apply("monitoring")).isFalse();
    }

    private static Set<String> reaching(int port, Endpoint to, Network network) {
        return network.pods()
                .filter(pod -> network.lets(Endpoint.pod(pod), to, port))
                .map(Pod::component)
                .collect(toSet());
    }

    private static Set<String> reachedBy(Endpoint from) {
        return Pod.ofApplications("full").stream()
                .filter(pod -> FULL.lets(from, Endpoint.pod(pod), portOf(pod)))
                .map(Pod::component)
                .collect(toSet());
    }

    private static int portOf(Pod pod) {
        return pod.container().at("/ports/0/containerPort").asInt();
    }
}
