// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace lua_tests
{

/// Scripts that define `f(p)`, which calls itself through functions of C without end, and works at
/// the deepest place. `p.text` is a text.
inline constexpr const char* deep_scripts[] = {
    "local function f(p) pcall(f, p) end",
    "local function f(p) local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end})"
    " return t[1] end",
    "local function f(p) local t t = setmetatable({}, {__tostring = function() return "
    "string.format('%s', t) end}) return tostring(t) end",
    "local function f(p) return (p.text:gsub('.', function() return f(p) end)) end",
    "local function f(p) local t = {3, 2, 1} table.sort(t, function(a, b) f(p) return a < b end)"
    " end",
    "local function f(p) local t = setmetatable({}, {__concat = function(a, b) return a .. b end, "
    "__close = function(t) return t .. 'x' end}) local u <close> = t return t .. 'x' end",
    "local function f(p) local t = setmetatable({}, {__lt = function(a, b) return b < a end}) "
    "return t < setmetatable({}, getmetatable(t)) end",
    "local function g(p, n) if n > 180 then local t = {} for i = 1, 190 do t = {t} end p.x = t "
    "json.encode(t) json.decode(('['):rep(60) .. (']'):rep(60)) string.format('%s %q %5.2f', 'x', "
    "('y'):rep(5000), 1.5) p.text:find(('.-'):rep(190) .. 'z') end local ok, why = pcall(g, p, n + "
    "1) if not ok then error(why, 0) end end local function f(p) g(p, 0) end",
};

} // namespace lua_tests
