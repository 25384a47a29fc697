/**
 * Books the points that customers earn: once per order, however often its message comes.
 */
@NullMarked
package io.reliablemessage.quickstart.shop.points;

import org.jspecify.annotations.NullMarked;
