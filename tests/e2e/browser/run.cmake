# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Runs the tests in a browser: cmake -D SOURCE=… -D STAGE=… -D NODE=… -D NPM=… -D CHROMIUM=… -D PENSTOCK=… -D EXAMPLES=…
# -D GATE=… -D PACK=… -D REQUIRED=… -P run.cmake. Nothing is written beside the sources; pictures of what was seen are in
# STAGE/pictures.
macro(leave why)
    if(REQUIRED)
        message(FATAL_ERROR "${why}; a test in a browser was expected")
    endif()
    message("skipped: ${why}")
    return()
endmacro()

file(SIZE "${PACK}" size)
if(size EQUAL 0)
    leave("the program was built without the editor, because npm could not fetch its packages")
endif()
file(GLOB parts "${SOURCE}/*.mjs" "${SOURCE}/package*.json")
file(GLOB old "${STAGE}/*.mjs")
if(old)
    file(REMOVE ${old})
endif()
file(COPY ${parts} DESTINATION "${STAGE}")

file(SHA256 "${SOURCE}/package-lock.json" lock)
if(NOT EXISTS "${STAGE}/fetched-${lock}")
    execute_process(COMMAND "${NPM}" ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1
                    WORKING_DIRECTORY "${STAGE}" RESULT_VARIABLE failed OUTPUT_FILE "${STAGE}/npm.log" ERROR_FILE "${STAGE}/npm.log")
    if(failed)
        leave("${STAGE}/npm.log: npm could not fetch the driver of the browser")
    endif()
    file(WRITE "${STAGE}/fetched-${lock}" "")
endif()

set(ENV{PENSTOCK} "${PENSTOCK}")
set(ENV{CHROMIUM} "${CHROMIUM}")
set(ENV{PENSTOCK_EXAMPLES} "${EXAMPLES}")
set(ENV{PENSTOCK_PACK} "${PACK}")
set(ENV{PENSTOCK_GATE} "${GATE}")
set(ENV{PENSTOCK_PICTURES} "${STAGE}/pictures")
file(REMOVE_RECURSE "${STAGE}/pictures")
execute_process(COMMAND "${NODE}" --test main.mjs WORKING_DIRECTORY "${STAGE}" COMMAND_ERROR_IS_FATAL ANY)
