// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../lua/state.hpp"

#include <filesystem>
#include <map>
#include <string>

#include <lua.hpp>

namespace script_package
{

/// The texts of modules by the names that `require` knows them by: `a.b` for the file `a/b.lua`.
using module_texts = std::map<std::string, std::string>;

/// The error of modules that cannot be read or compiled.
class module_error final : public lua::error
{
public:
    using error::error;
};

/// Reads a file. Throws std::runtime_error if it cannot be read or has more than 16 MiB.
[[nodiscard]] std::string read_text(const std::filesystem::path& file);

/// Reads the modules of a folder and of those in it; what lies outside of it is left out, and so is
/// what a link there points to. Throws module_error for what cannot be read, and for more than
/// 16 MiB in all or 1,000 files.
[[nodiscard]] module_texts read_modules(const std::filesystem::path& folder);

/// Gives a state the function `require`, for these modules alone. Throws module_error for one that
/// does not compile. Raises.
void open_modules(lua_State* L, const module_texts& modules);

} // namespace script_package
