package io.reliablemessage.service.registry;

import io.reliablemessage.service.model.Names;
import org.springframework.stereotype.Component;

/** Creates applications for operators. */
@Component
public class Applications {

    private final RegistryStore store;

    Applications(RegistryStore store) {
        this.store = store;
    }

    /**
     * Creates an application, which can do nothing until it has a key.
     *
     * @return false if it is there already
     */
    public boolean create(String name) {
        return store.application(Names.unreserved("name", name));
    }
}
