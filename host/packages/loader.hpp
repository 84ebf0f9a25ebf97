// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/package_file.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>
#include <boost/system/result.hpp>

namespace penstock::host
{

/// What of a package is mapped into the process.
enum class mapped
{
    copy, ///< a copy in memory that nobody can change
    file  ///< the file itself: what is written to it is run, but debuggers find its symbols
};

/// Maps a package into the process, and before it the libraries that it needs and that are beside
/// it. It stays there until the process ends. A copy is a file in memory, sealed, with the name of
/// the package's file, by which stack reports tell it; its descriptor stays open, lest the loader
/// take another of that number for it. Built with a sanitizer, files are mapped: reports need their
/// names. [one thread at a time]
[[nodiscard]] boost::system::result<boost::dll::shared_library, problem>
map_package(const package_file& package, mapped what);

} // namespace penstock::host
