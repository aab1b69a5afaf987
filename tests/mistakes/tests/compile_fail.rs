//! What must not compile: each file of `cases` is a mistake, and the message beside it what the compiler says of it.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("cases/right.rs");
    for mistake in [
        "choice_variant",
        "expiry_of_what_is_not_renewed",
        "format_not_spoken",
        "limit_of_what_costs_nothing",
        "open_enum_match",
        "required_left_out",
        "secret_as_text",
        "unknown_value",
    ] {
        cases.compile_fail(format!("cases/{mistake}.rs"));
    }
}

#[test]
fn no_file_is_stray() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in ASCII"))
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "choice_variant.rs",
            "choice_variant.stderr",
            "expiry_of_what_is_not_renewed.rs",
            "expiry_of_what_is_not_renewed.stderr",
            "format_not_spoken.rs",
            "format_not_spoken.stderr",
            "limit_of_what_costs_nothing.rs",
            "limit_of_what_costs_nothing.stderr",
            "open_enum_match.rs",
            "open_enum_match.stderr",
            "required_left_out.rs",
            "required_left_out.stderr",
            "right.rs",
            "secret_as_text.rs",
            "secret_as_text.stderr",
            "unknown_value.rs",
            "unknown_value.stderr",
        ]
    );
}
