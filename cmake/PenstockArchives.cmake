# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# What `./dev package` makes: penstock.deb for those who run graphs, penstock-dev.deb for those who
# write components, and a .tar.gz of all of it.

set(CPACK_PACKAGE_NAME penstock)
set(CPACK_PACKAGE_VENDOR "The Penstock authors")
set(CPACK_PACKAGE_CONTACT "The Penstock authors <penstock@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

# What is installed without saying so is what a host needs; see CMAKE_INSTALL_DEFAULT_COMPONENT_NAME.
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME penstock)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION net)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "poppler-utils") # run by document/pdf
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}")
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "The program, and the packages that come with it.")

# A new project is configured, built and tested with nothing but these.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME penstock-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(needed "g++, make, cmake (>= 3.25), libboost1.81-dev, libboost-json1.81-dev, libboost-test1.81-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "penstock (= ${PROJECT_VERSION}), ${needed}")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "What components are written with: headers, CMake, templates.")

foreach(name IN ITEMS penstock penstock-dev)
    string(REPLACE "penstock-dev" "development" component "${name}")
    string(REPLACE "penstock" "runtime" component "${component}")
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${name}"
        RENAME copyright COMPONENT ${component})
    install(FILES "${PROJECT_SOURCE_DIR}/NOTICES" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${name}"
        COMPONENT ${component})
endforeach()
include(CPack)
