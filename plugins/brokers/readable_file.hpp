// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/parameter.hpp>

#include <stdexcept>
#include <string>

#include <unistd.h>

namespace brokers
{

/// Throws std::invalid_argument if a parameter names a PEM file that cannot be read. None is named
/// by an empty one.
inline void require_readable(const penstock::parameter<std::string>& file)
{
    if (!file->empty() && ::access(file->c_str(), R_OK) != 0)
        throw std::invalid_argument(std::string(file.name()) + ": " + *file +
                                    " cannot be read; a PEM file was expected");
}

} // namespace brokers
