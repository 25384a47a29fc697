package io.reliablemessage.checker;

import io.reliablemessage.api.address.AddressRules;
import io.reliablemessage.client.ClientSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the status checker calls, and whom it may ask.
 *
 * @param serviceUrl the message service, such as {@code http://message-service:8080}; required
 * @param apiKey a key with the role worker; required
 * @param interval between two leases while nothing more is due; 100 ms to 1 min
 * @param parallel asks at a time; 1 to 200
 * @param requestTimeout for one call of the service; 1 s to 10 s, so that an ask and its report end within a shutdown's 20 s
 * @param allowedAddresses host names and ranges that may be asked although they are not public
 */
@ConfigurationProperties(StatusCheckerProperties.PREFIX)
record StatusCheckerProperties(
        @Nullable String serviceUrl,
        @Nullable String apiKey,
        @DefaultValue("500ms") Duration interval,
        @DefaultValue("32") int parallel,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue List<String> allowedAddresses) {

    static final String PREFIX = "reliable-message.status-checker";

    private static final String ADDRESS =
            "Set it (or MESSAGE_SERVICE_URL) to the message service's address, such as http://localhost:8080";
    private static final String KEY = "Set it (or WORKER_KEY) to an API key with the role worker";

    StatusCheckerProperties {
        require(isGiven(serviceUrl), "service-url", "missing", ADDRESS);
        require(isGiven(apiKey), "api-key", "missing", KEY);
        require(isWithin(interval, "PT0.1S", "PT1M"), "interval", interval, "Choose 100ms to 1m");
        require(parallel >= 1 && parallel <= 200, "parallel", parallel, "Choose 1 to 200");
        require(isWithin(requestTimeout, "PT1S", "PT10S"), "request-timeout", requestTimeout, "Choose 1s to 10s");
        requireUsable("service-url", () -> settings(serviceUrl, "any"), ADDRESS);
        requireUsable("api-key", () -> settings("http://any", apiKey), KEY);
        requireUsable("allowed-addresses", rules(allowedAddresses), "Name hosts and ranges");
    }

    ClientSettings client() {
        return settings(serviceUrl, apiKey).withRequestTimeout(requestTimeout);
    }

    @Override
    public String toString() {
        return "StatusCheckerProperties[serviceUrl=" + serviceUrl + ", interval=" + interval + ", parallel=" + parallel
                + ", requestTimeout=" + requestTimeout + ", allowedAddresses=" + allowedAddresses + "]";
    }

    private static ClientSettings settings(@Nullable String url, @Nullable String key) {
        return ClientSettings.of(
                URI.create(String.valueOf(url).strip()), String.valueOf(key).strip());
    }

    private static Runnable rules(List<String> allowed) {
        return () -> new AddressRules(allowed);
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static boolean isWithin(Duration value, String least, String most) {
        return value.compareTo(Duration.parse(least)) >= 0 && value.compareTo(Duration.parse(most)) <= 0;
    }

    private static void require(boolean isMet, String name, Object value, String remedy) {
        if (!isMet) {
            throw new IllegalArgumentException(PREFIX + "." + name + " is " + value + ". " + remedy + ".");
        }
    }

    private static void requireUsable(String name, Runnable use, String remedy) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            require(false, name, "not usable: " + e.getMessage(), remedy);
        }
    }
}
