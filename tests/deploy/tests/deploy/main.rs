//! Commands against an emulator of AWS, one file for each concern. They are one program: its tests wait, so that several
//! run at a time.

mod characters;
mod doctor;
mod environment;
mod faults;
mod homes;
mod interrupts;
mod life;
mod lost;
mod operations;
mod parameter_files;
mod protection;
mod rollback;
mod states;
mod templates;
mod weight;
