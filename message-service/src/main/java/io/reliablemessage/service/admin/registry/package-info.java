/** Topics, subscriptions, applications and keys with their backlogs, and what operators change about them. */
@NullMarked
package io.reliablemessage.service.admin.registry;

import org.jspecify.annotations.NullMarked;
