// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "modules.hpp"

#include "../lua/compile.hpp"
#include "../lua/library.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace script_package
{

namespace
{

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 16U << 20;
constexpr std::size_t most_files = 1000;

constexpr char functions_key = 0; // addresses that are keys of the registry
constexpr char loaded_key = 0;

bool is_inside(const fs::path& file, const fs::path& folder)
{
    const auto [end, other] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    (void)other;
    return end == folder.end();
}

std::string read_module(const fs::path& file)
{
    try
    {
        return read_text(file);
    }
    catch (const std::runtime_error& error)
    {
        throw module_error(error.what());
    }
}

// Throws also filesystem_error.
module_texts read_all_in(const fs::path& root)
{
    module_texts found;
    std::uintmax_t bytes = 0;
    for (const fs::directory_entry& each : fs::recursive_directory_iterator(root))
    {
        if (each.path().extension() != ".lua" || !each.is_regular_file() ||
            !is_inside(fs::canonical(each.path()), root))
            continue;
        std::string name = each.path().lexically_relative(root).replace_extension().string();
        std::replace(name.begin(), name.end(), '/', '.');
        std::string text = read_module(each.path());
        bytes += text.size();
        found.emplace(std::move(name), std::move(text));
        if (bytes > most_bytes || found.size() > most_files)
            throw module_error(root.string() +
                               ": has too many modules; at most 1,000 of 16 MiB together "
                               "were expected");
    }
    return found;
}

// Runs the module once; a module that gives nothing is true.
int require(lua_State* L)
{
    const char* const name = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
    if (lua_getfield(L, 2, name) != LUA_TNIL)
        return 1;
    lua_pop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
    if (lua_getfield(L, 3, name) == LUA_TNIL)
        return luaL_error(L, "there is no module \"%s\"; one of the folder `modules` was expected",
                          name);
    if (!lua_isfunction(L, -1))
        return luaL_error(L, "module \"%s\" requires itself, or has failed; another was expected",
                          name);
    lua_pushboolean(L, 0);
    lua_setfield(L, 3, name);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1))
    {
        lua_pushboolean(L, 1);
        lua_replace(L, -2);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}

} // namespace

std::string read_text(const fs::path& file)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in)
        throw std::runtime_error(file.string() + ": cannot be read; a script was expected");
    if (size > most_bytes)
        throw std::runtime_error(file.string() + ": is too large; at most 16 MiB were expected");
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

module_texts read_modules(const fs::path& folder)
{
    std::error_code error;
    const fs::path root = fs::canonical(folder, error);
    if (error || !fs::is_directory(root))
        throw module_error(folder.string() + ": is no folder; one of modules was expected");
    try
    {
        return read_all_in(root);
    }
    catch (const fs::filesystem_error& problem)
    {
        const fs::path& where = problem.path1().empty() ? root : problem.path1();
        throw module_error(where.string() + ": " + problem.code().message() +
                           "; files and folders that can be read were expected");
    }
}

void open_modules(lua_State* L, const module_texts& modules)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
    lua_newtable(L);
    for (const auto& [name, text] : modules)
    {
        if (const auto wrong = lua::push_script(L, text, ("=" + name).c_str()))
            throw module_error("module " + name + ": " + wrong->text() +
                               "; a script of Lua was expected");
        lua_setfield(L, -2, name.c_str());
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
    lua::set_global_function<require>(L, "require");
}

} // namespace script_package
