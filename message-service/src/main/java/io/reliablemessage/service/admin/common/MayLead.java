package io.reliablemessage.service.admin.common;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.reliablemessage.service.platform.security.Role.Names;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Open to operators who may also discard messages, see payloads and pause what runs. */
@Target(METHOD)
@Retention(RUNTIME)
@RolesAllowed({Names.LEAD, Names.ADMIN})
public @interface MayLead {}
