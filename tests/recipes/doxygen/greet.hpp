#pragma once

/**
 * @file
 * Greets.
 *
 * \run{hello.cpp}
 */

/** Says hello. */
void greet();
