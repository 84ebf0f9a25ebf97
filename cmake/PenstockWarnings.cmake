# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

option(PENSTOCK_WERROR "Treat warnings as errors" OFF)

# penstock_warnings(TARGET): turns on the warnings of this tree, for the target's own files only.
function(penstock_warnings target)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local> -Wnon-virtual-dtor -Woverloaded-virtual -Wvla
        # In a batch the file itself is included, and g++ takes its unnamed namespace for a header's.
        $<$<AND:$<BOOL:${PENSTOCK_UNITY}>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>
        $<$<BOOL:${PENSTOCK_WERROR}>:-Werror>)
endfunction()
