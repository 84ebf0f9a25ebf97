// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdexcept>

namespace archive_package
{

/// The error of bytes that are no archive, or of one that is broken.
class archive_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The error of a file that cannot be unpacked within the window, whatever else its archive costs.
class window_error final : public archive_error
{
public:
    using archive_error::archive_error;
};

/// The error of an archive that costs more than it may, with all that are in it.
class archive_limit : public archive_error
{
public:
    using archive_error::archive_error;
};

} // namespace archive_package
