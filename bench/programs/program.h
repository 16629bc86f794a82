/* What every program in C shares: the usual headers, and the entry point. */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int64_t run(int64_t rounds);
