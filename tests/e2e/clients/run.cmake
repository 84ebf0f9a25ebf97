# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Runs the tests with programs of others: cmake -D SOURCE=… -D STAGE=… -D NODE=… -D NPM=… -D PENSTOCK=… -D WHAT=… -D TEST=…
# -D REQUIRED=… -P run.cmake. Nothing is written beside the sources. npm fetches WHAT once for each package-lock.json.
file(MAKE_DIRECTORY "${STAGE}")
file(GLOB parts "${SOURCE}/*.mjs" "${SOURCE}/package*.json")
file(COPY ${parts} DESTINATION "${STAGE}")
file(SHA256 "${SOURCE}/package-lock.json" lock)
if(NOT EXISTS "${STAGE}/fetched-${lock}")
    execute_process(COMMAND "${NPM}" ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1
                    WORKING_DIRECTORY "${STAGE}" RESULT_VARIABLE failed OUTPUT_FILE "${STAGE}/npm.log" ERROR_FILE "${STAGE}/npm.log")
    if(failed AND REQUIRED)
        message(FATAL_ERROR "${STAGE}/npm.log: npm could not fetch ${WHAT}; it was expected")
    elseif(failed)
        message("skipped: ${STAGE}/npm.log: npm could not fetch ${WHAT}")
        return()
    endif()
    file(WRITE "${STAGE}/fetched-${lock}" "")
endif()
set(ENV{PENSTOCK} "${PENSTOCK}")
execute_process(COMMAND "${NODE}" --test "${TEST}" WORKING_DIRECTORY "${STAGE}" COMMAND_ERROR_IS_FATAL ANY)
