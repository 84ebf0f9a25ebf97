# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Builds the page: cmake -D SOURCE=… -D STAGE=… -D PACK=… -D NODE=… -D NPM=… -D REQUIRED=… -P build.cmake
#
# The sources are copied to STAGE and built there, so that nothing is written beside them. npm fetches its packages once
# for each package-lock.json. Where it cannot (no network), the page is left out, and an error says so if REQUIRED. How
# long all took is left in STAGE/seconds.
string(TIMESTAMP begin "%s" UTC)
foreach(part IN ITEMS src public test)
    file(REMOVE_RECURSE "${STAGE}/${part}")
    file(COPY "${SOURCE}/${part}" DESTINATION "${STAGE}")
endforeach()
file(COPY "${SOURCE}/package.json" "${SOURCE}/package-lock.json" "${SOURCE}/tsconfig.json" "${SOURCE}/vite.config.ts"
          "${SOURCE}/index.html" "${SOURCE}/pack.mjs" DESTINATION "${STAGE}")

file(SHA256 "${SOURCE}/package-lock.json" lock)
set(stamp "${STAGE}/fetched-${lock}")
if(NOT EXISTS "${stamp}")
    file(GLOB old "${STAGE}/fetched-*")
    if(old)
        file(REMOVE ${old})
    endif()
    execute_process(
        COMMAND "${NPM}" ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1
        WORKING_DIRECTORY "${STAGE}" RESULT_VARIABLE failed OUTPUT_FILE "${STAGE}/npm.log" ERROR_FILE "${STAGE}/npm.log")
    if(failed)
        if(REQUIRED)
            message(FATAL_ERROR "${STAGE}/npm.log: npm could not fetch the packages of the editor; its registry was expected")
        endif()
        message(WARNING "${STAGE}/npm.log: npm could not fetch the packages of the editor; the program is built without it")
        file(WRITE "${PACK}" "")
        execute_process(COMMAND touch -d @1 "${PACK}") # older than its sources: the next build tries again
        return()
    endif()
    file(WRITE "${stamp}" "")
endif()

execute_process(COMMAND "${NPM}" run --silent build WORKING_DIRECTORY "${STAGE}" RESULT_VARIABLE failed
                OUTPUT_FILE "${STAGE}/build.log" ERROR_FILE "${STAGE}/build.log")
if(failed)
    file(READ "${STAGE}/build.log" log)
    message(FATAL_ERROR "the editor could not be built:\n${log}")
endif()
execute_process(COMMAND "${NODE}" pack.mjs dist "${PACK}" WORKING_DIRECTORY "${STAGE}" COMMAND_ERROR_IS_FATAL ANY)
string(TIMESTAMP end "%s" UTC)
math(EXPR seconds "${end} - ${begin}")
file(WRITE "${STAGE}/seconds" "${seconds}\n")
