package io.reliablemessage.checker;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.webhook.AddressRules;
import io.reliablemessage.worker.SettingRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the status checker.
 *
 * @param serviceUrl the message service, such as {@code http://message-service:8080}; required
 * @param apiKey a key with the role worker; required
 * @param interval between two leases while nothing more is due; 100 ms to 1 min
 * @param parallel check-backs at a time; 1 to 200
 * @param requestTimeout for one call of the service; 1 s to 10 s, so that a check-back and its report end within a
 *     shutdown's 20 s
 * @param allowedAddresses host names and ranges that may be called although they are not public
 */
@ConfigurationProperties(StatusCheckerProperties.PREFIX)
record StatusCheckerProperties(
        @Nullable String serviceUrl,
        @Nullable String apiKey,
        @DefaultValue("500ms") Duration interval,
        @DefaultValue("32") int parallel,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue List<String> allowedAddresses) {

    static final String PREFIX = "status-checker";

    StatusCheckerProperties {
        var rules = new SettingRules(PREFIX);
        rules.service(serviceUrl, apiKey);
        rules.within("interval", interval, "100ms", "1m");
        rules.within("parallel", parallel, 1, 200);
        rules.within("request-timeout", requestTimeout, "1s", "10s");
        rules.usable("allowed-addresses", parsing(allowedAddresses), "Name hosts and ranges");
    }

    ClientSettings client() {
        return SettingRules.client(serviceUrl, apiKey).withRequestTimeout(requestTimeout);
    }

    @Override
    public String toString() {
        return "StatusCheckerProperties[serviceUrl=" + serviceUrl + ", interval=" + interval + ", parallel=" + parallel
                + ", requestTimeout=" + requestTimeout + ", allowedAddresses=" + allowedAddresses + "]";
    }

    private static Runnable parsing(List<String> allowed) {
        return () -> new AddressRules(allowed);
    }
}
