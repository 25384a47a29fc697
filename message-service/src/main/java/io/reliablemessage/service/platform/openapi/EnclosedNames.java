package io.reliablemessage.service.platform.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/** Names the schema of a nested type after its enclosing one too: several records have an {@code Item}. */
class EnclosedNames extends TypeNameResolver {

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        var name = super.nameForClass(type, options);
        var enclosing = type.getEnclosingClass();
        return enclosing == null ? name : enclosing.getSimpleName() + name;
    }
}
