/**
 * Authentication and authorization: API keys, roles, and the operator behind a console's call.
 *
 * <p>A handler without {@code @RolesAllowed} or {@code @PermitAll} is closed to everybody.
 */
@NullMarked
package io.reliablemessage.service.platform.security;

import org.jspecify.annotations.NullMarked;
