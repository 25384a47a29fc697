package io.reliablemessage.service.admin.common;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.reliablemessage.service.platform.security.Role.Names;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Open to operators who may act on messages. */
@Target(METHOD)
@Retention(RUNTIME)
@RolesAllowed({Names.OPERATOR, Names.LEAD, Names.ADMIN})
public @interface MayOperate {}
