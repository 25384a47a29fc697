/**
 * Authenticates local users, and those of an OpenID provider if one is configured.
 *
 * <p>Sessions are in memory. Several replicas need a load balancer that keeps a browser with one of them; its loss
 * costs a login.
 */
@NullMarked
package io.reliablemessage.adminui.login;

import org.jspecify.annotations.NullMarked;
