@NullMarked
package io.tributary.sandbox.cli.client;

import org.jspecify.annotations.NullMarked;
