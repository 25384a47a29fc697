/**
 * Public for the module {@code testing} only: how a child process is kept from outliving its JVM.
 */
@NullMarked
package io.reliablemessage.embedded.internal;

import org.jspecify.annotations.NullMarked;
