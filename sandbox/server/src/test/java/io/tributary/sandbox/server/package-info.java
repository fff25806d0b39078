@NullMarked
package io.tributary.sandbox.server;

import org.jspecify.annotations.NullMarked;
