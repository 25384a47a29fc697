/** The order service's own promises, on a database of its own. */
@NullMarked
package io.reliablemessage.quickstart.shop.orders;

import org.jspecify.annotations.NullMarked;
