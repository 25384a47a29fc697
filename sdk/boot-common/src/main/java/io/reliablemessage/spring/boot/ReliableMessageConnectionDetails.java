package io.reliablemessage.spring.boot;

import java.net.URI;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the message service is, in place of the properties: for containers in tests, and platforms that know it. */
public interface ReliableMessageConnectionDetails extends ConnectionDetails {

    URI url();

    String apiKey();
}
