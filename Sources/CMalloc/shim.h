#pragma once
// Glibc's, which the module of the same name leaves out.
#include <malloc.h>
