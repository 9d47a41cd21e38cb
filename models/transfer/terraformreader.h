// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/foreigncollector.h"

/// What Terraform and OpenTofu write down: a state file (version 4), and what `terraform show -json` says of
/// a state or of a plan.
namespace latchkey::terraformreader {

enum class Form { None, StateFile, ShownState, ShownPlan };
[[nodiscard]] Form formOf(const JsonNode &root);

/// Why a file of that form is not read, e.g. that it is of a version of its own; empty where it is.
/// Translated.
[[nodiscard]] QString whyNot(const JsonNode &root, Form form);

void read(const JsonNode &root, Form form, ForeignCollector &collector);

} // namespace latchkey::terraformreader
